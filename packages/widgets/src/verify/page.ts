/** The program of `verify.html`, which stands alone: the element, which asks for nothing but a published pack of its own origin. */
import '../elements/aixin-verify/aixin-verify.js';

// Served by the zone it lies beside the published packs; from a stick there is nobody to ask.
if (location.protocol.startsWith('http')) {
  document.querySelector('aixin-verify')?.setAttribute('packs', new URL('disclosure/', location.href).pathname);
}
