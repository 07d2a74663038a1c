/** What a container is filled with: the bundles of the distribution, and the properties of the framework. */
package org.imagingutility.launcher.profile;
