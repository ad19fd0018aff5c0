import { Module } from '@nestjs/common';
import { MessagesRepository } from './messages.repository.ts';

/** Texts in and out: the stream, the search, and why each did what it did. */
@Module({ providers: [MessagesRepository], exports: [MessagesRepository] })
export class MessagesModule {}
