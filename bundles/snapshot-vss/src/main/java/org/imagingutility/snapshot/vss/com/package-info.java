/**
 * The Volume Shadow Copy Service by COM: interfaces of vssapi.dll by the places of their methods, called through JNA.
 */
package org.imagingutility.snapshot.vss.com;
