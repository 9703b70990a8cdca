/** The program of `verify.html`, which stands alone: the element and nothing that could ask a network. */
import '../elements/aixin-verify/aixin-verify.js';
