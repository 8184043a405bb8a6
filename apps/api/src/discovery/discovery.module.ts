import { Module } from '@nestjs/common';
import { ExtensionsController } from './extensions.controller.js';
import { ServiceProvidersController } from './service-providers.controller.js';
import { VersionsController } from './versions.controller.js';

/** By which clients find out what is here. */
@Module({ controllers: [VersionsController, ExtensionsController, ServiceProvidersController] })
export class DiscoveryModule {}
