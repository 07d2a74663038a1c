/** Where frames go that are kept by the digest of their content. */
package org.imagingutility.engine.sink;
