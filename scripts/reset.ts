// `npm run reset`: empties the demo's data, so that the next start seeds anew. It refuses while a start is running.
import { projectRoot } from './project-root.mjs';
import { resetData } from './reset-data.js';

const outcome = resetData(projectRoot());
process.stdout.write(`${outcome.sentence}\n`);
process.exitCode = outcome.done ? 0 : 1;
