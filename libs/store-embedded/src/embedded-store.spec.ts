import { openEmbeddedStore } from '#store-embedded';
import { customerStoreContract, temporaryFolder } from '#testing';

customerStoreContract('the embedded store', async () => {
  const path = temporaryFolder('store');
  return () => openEmbeddedStore({ path });
});
