package io.github.falcogateway.filter;

import io.github.falcogateway.event.FieldValue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What transformers make of values; absent in, absent out. Confined to one compilation. */
final class Transforms {

    private final Slots slots;

    Transforms(Slots slots) {
        this.slots = slots;
    }

    /** What the values of an operand are. */
    static Kind kind(Operand operand) {
        if (operand instanceof Operand.Field field) {
            return Fields.kind(field.name());
        }
        if (operand instanceof Operand.Items) {
            return Kind.LIST;
        }
        if (!(operand instanceof Operand.Transform transform)) {
            return Kind.TEXT;
        }
        return switch (transform.function()) {
            case "val" -> kind(transform.arguments().get(0));
            case "len" -> Kind.NUMBER;
            case "getopt" -> transform.argument().isEmpty() ? Kind.LIST : Kind.TEXT;
            default -> Kind.TEXT;
        };
    }

    Reader reader(Operand operand) {
        if (operand instanceof Operand.Field field) {
            int slot = slots.of(field.name());
            return subject -> subject.value(slot);
        }
        if (operand instanceof Operand.Literal literal) {
            FieldValue text = new FieldValue.Text(literal.text());
            return subject -> text;
        }
        if (operand instanceof Operand.Transform transform) {
            return transform(transform);
        }
        throw new FilterException(operand.at(), "a list cannot stand here");
    }

    private Reader transform(Operand.Transform transform) {
        boolean options = transform.function().equals("getopt");
        if (!options && !transform.argument().isEmpty()) {
            throw new FilterException(transform.at(), transform.function() + "() takes no argument in brackets");
        }
        List<Operand> arguments = transform.arguments();
        return switch (transform.function()) {
            case "val" -> reader(only(transform));
            case "tolower" -> texts(transform, Ascii::lower);
            case "toupper" -> texts(transform, Ascii::upper);
            case "basename" -> texts(transform, text -> text.substring(text.lastIndexOf('/') + 1));
            case "b64" -> texts(transform, Transforms::decoded);
            case "len" -> length(measured(transform));
            case "join" -> {
                expect(transform, 2);
                yield joined(reader(arguments.get(0)), items(arguments.get(1)));
            }
            case "concat" -> {
                if (arguments.size() < 2) {
                    throw new FilterException(transform.at(), "concat() takes at least 2 arguments");
                }
                Reader nothing = subject -> new FieldValue.Text("");
                yield joined(nothing, arguments.stream().map(this::reader).toList());
            }
            default -> options(transform);
        };
    }

    private static Operand only(Operand.Transform transform) {
        expect(transform, 1);
        return transform.arguments().get(0);
    }

    private static void expect(Operand.Transform transform, int arguments) {
        if (transform.arguments().size() != arguments) {
            throw new FilterException(
                    transform.at(),
                    transform.function() + "() takes " + arguments + " argument" + (arguments == 1 ? "" : "s")
                            + ", not " + transform.arguments().size());
        }
    }

    /** The only argument, where it may be a text or a list. */
    private Reader measured(Operand.Transform transform) {
        Operand argument = only(transform);
        Kind kind = kind(argument);
        if (kind == Kind.NUMBER || kind == Kind.BOOL || kind == Kind.ADDRESS) {
            throw new FilterException(argument.at(), transform.function() + "() takes a text, not " + kind.words());
        }
        return reader(argument);
    }

    private List<Reader> items(Operand operand) {
        if (operand instanceof Operand.Items items) {
            return items.items().stream().map(this::reader).toList();
        }
        return List.of(reader(operand));
    }

    private Reader texts(Operand.Transform transform, Function<String, @Nullable String> change) {
        Reader inner = measured(transform);
        return subject -> {
            FieldValue value = inner.read(subject);
            if (value == null) {
                return null;
            }
            if (value instanceof FieldValue.Array array) {
                List<FieldValue> changed = new ArrayList<>();
                for (FieldValue item : array.items()) {
                    String text = change.apply(item.text());
                    if (text != null) {
                        changed.add(new FieldValue.Text(text));
                    }
                }
                return new FieldValue.Array(changed);
            }
            String text = change.apply(value.text());
            return text == null ? null : new FieldValue.Text(text);
        };
    }

    private static @Nullable String decoded(String text) {
        try {
            return new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notBase64) {
            return null;
        }
    }

    /** Of a list its items, of a text its bytes. */
    private static Reader length(Reader inner) {
        return subject -> {
            FieldValue value = inner.read(subject);
            if (value == null) {
                return null;
            }
            int length = value instanceof FieldValue.Array array
                    ? array.items().size()
                    : value.text().getBytes(StandardCharsets.UTF_8).length;
            return new FieldValue.Num(Integer.toString(length));
        };
    }

    private static Reader joined(Reader separator, List<Reader> parts) {
        return subject -> {
            FieldValue between = separator.read(subject);
            List<String> texts = new ArrayList<>();
            for (Reader part : parts) {
                FieldValue value = part.read(subject);
                if (value == null) {
                    return null;
                }
                texts.addAll(texts(value));
            }
            return between == null ? null : new FieldValue.Text(String.join(between.text(), texts));
        };
    }

    private Reader options(Operand.Transform transform) {
        expect(transform, 2);
        if (!(transform.arguments().get(1) instanceof Operand.Literal known)) {
            throw new FilterException(
                    transform.at(), "the second argument of getopt() is a quoted text such as \"nt:\"");
        }
        if (transform.argument().length() > 1) {
            throw new FilterException(transform.at(), "getopt() takes one letter in brackets, such as [t]");
        }
        Reader arguments = reader(transform.arguments().get(0));
        Options options = new Options(known.text(), transform.argument());
        boolean one = !transform.argument().isEmpty();
        return subject -> {
            FieldValue value = arguments.read(subject);
            if (value == null) {
                return null;
            }
            List<FieldValue> found = options.read(
                    value instanceof FieldValue.Array
                            ? texts(value)
                            : List.of(value.text().strip().split("\\s+")));
            return found.isEmpty() ? null : one ? found.get(0) : new FieldValue.Array(found);
        };
    }

    private static List<String> texts(FieldValue value) {
        return value instanceof FieldValue.Array array
                ? array.items().stream().map(FieldValue::text).toList()
                : List.of(value.text());
    }
}
