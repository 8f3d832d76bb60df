import { openEmbeddedLog } from '#log-embedded';
import { eventLogContract, temporaryFolder } from '#testing';

const path = temporaryFolder('log');

eventLogContract('the embedded log', { open: () => openEmbeddedLog({ path }), patience: 5_000 });
