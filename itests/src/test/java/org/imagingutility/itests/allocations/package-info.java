/** Jobs in a virtual machine of their own in which one allocation after the other finds no memory. */
package org.imagingutility.itests.allocations;
