export default async function globalTeardown() {
  await globalThis.__AIXIN_TEST_MONGO__?.stop({ doCleanup: true, force: true });
}
