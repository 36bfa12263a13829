@NullMarked
package dev.floe.audit.adapter.http;

import org.jspecify.annotations.NullMarked;
