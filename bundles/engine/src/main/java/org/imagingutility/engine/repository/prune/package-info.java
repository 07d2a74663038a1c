/** Which images are kept, and deleting what no image needs: {@code docs/repository-format.md}, "Pruning". */
package org.imagingutility.engine.repository.prune;
