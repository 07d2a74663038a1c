/** Commands for repositories. */
package org.imagingutility.command.repository;
