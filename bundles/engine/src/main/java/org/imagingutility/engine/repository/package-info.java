/** What is done with repositories as a whole: listing and checking. Below: {@code image} and {@code layout}. */
package org.imagingutility.engine.repository;
