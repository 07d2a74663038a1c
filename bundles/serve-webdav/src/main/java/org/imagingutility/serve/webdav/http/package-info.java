/** What all answers have in common: requests, conditions, ranges, bodies that are complete or visibly not, who is let in. */
package org.imagingutility.serve.webdav.http;
