import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ConsentModule } from '../consent/consent.module.ts';
import { SettingsModule } from '../settings/settings.module.ts';
import { ContactEntity } from './contact.entity.ts';
import { ContactsController } from './contacts.controller.ts';
import { ContactsRepository } from './contacts.repository.ts';
import { Contacts } from './contacts.service.ts';
import { ContactImportsController } from './import/contact-imports.controller.ts';
import { ContactImportsRepository } from './import/contact-imports.repository.ts';
import { ContactImports } from './import/contact-imports.service.ts';

/** The people who text. */
@Module({
  imports: [TypeOrmModule.forFeature([ContactEntity]), ConsentModule, SettingsModule],
  controllers: [ContactImportsController, ContactsController],
  providers: [Contacts, ContactsRepository, ContactImports, ContactImportsRepository],
  exports: [ContactsRepository],
})
export class ContactsModule {}
