/**
 * Which bundles are accepted. With the policy on, a bundle is resolved only if every entry of its jar was signed by a
 * trusted certificate; see {@link org.imagingutility.launcher.acceptance.JarCheck} for what that means. What is checked
 * is the copy in the framework's cache, which is what classes are loaded from afterwards.
 *
 * <p>This guards an installation against jars that somebody puts into {@code deploy/} or installs by hand. It does not
 * guard it against those who may write to the installation or to the user's cache folder, or choose the Java options.
 */
package org.imagingutility.launcher.acceptance;
