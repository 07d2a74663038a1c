/** The objects of a repository as bytes, and their keys: {@code docs/repository-format.md}. Nothing here reads or writes a place. */
package org.imagingutility.engine.repository.layout;
