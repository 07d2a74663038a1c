package org.imagingutility.engine;

import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.StringJoiner;

/**
 * Records as text, as their {@code toString} has it. That one is linked when it is first called, which takes longer than the
 * start of a job otherwise does.
 */
final class RecordText {
    private RecordText() {
    }

    /** Returns a record of the API, and the records in it and in lists, with names and values; anything else as it says itself. */
    static String of(Object value) {
        if (value instanceof List<?> list) {
            StringJoiner text = new StringJoiner(", ", "[", "]");
            for (Object element : list) {
                text.add(of(element));
            }
            return text.toString();
        }
        if (!(value instanceof Record)) {
            return String.valueOf(value);
        }
        StringJoiner text = new StringJoiner(", ", value.getClass().getSimpleName() + "[", "]");
        for (RecordComponent component : value.getClass().getRecordComponents()) {
            text.add(component.getName() + "=" + of(read(component, value)));
        }
        return text.toString();
    }

    private static Object read(RecordComponent component, Object value) {
        try {
            return component.getAccessor().invoke(value);
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException(value.getClass() + " cannot be read", e);
        }
    }
}
