import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { SettingsModule } from '../settings/settings.module.ts';
import { ContactEntity } from './contact.entity.ts';
import { ContactsController } from './contacts.controller.ts';
import { ContactsRepository } from './contacts.repository.ts';
import { Contacts } from './contacts.service.ts';

/** The people who text. */
@Module({
  imports: [TypeOrmModule.forFeature([ContactEntity]), SettingsModule],
  controllers: [ContactsController],
  providers: [Contacts, ContactsRepository],
  exports: [ContactsRepository],
})
export class ContactsModule {}
