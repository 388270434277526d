import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Collection;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeSet;

/**
 * Prints what a release of Debezium knows of configuration, one JSON object a line, for
 * scripts/connector_tables.py. Run it with the jars of that release on the class path:
 *
 *   java -cp '.:jars/*' DebeziumFields CLASS... > 3.3.1.jsonl
 *
 * Of every class it prints the static `Field`s, of a connector's configuration those of ALL_FIELDS, and of what
 * can be made its ConfigDef.
 */
public class DebeziumFields {
    private static final Set<String> seen = new TreeSet<>();

    public static void main(String[] names) {
        for (String name : names) {
            try {
                Class<?> type = Class.forName(name);
                allFields(type);
                definition(type);
                for (Class<?> each = type; each != null; each = each.getSuperclass()) {
                    constants(type, each);
                }
            } catch (Throwable error) {
                System.err.println(name + ": " + error);
            }
        }
    }

    private static void allFields(Class<?> type) throws Exception {
        Object all;
        try {
            all = type.getField("ALL_FIELDS").get(null);
        } catch (NoSuchFieldException error) {
            return;
        }
        Iterator<?> each = (Iterator<?>) all.getClass().getMethod("iterator").invoke(all);
        while (each.hasNext()) {
            print(type, each.next(), true);
        }
    }

    private static void constants(Class<?> owner, Class<?> type) throws Exception {
        for (Field each : type.getDeclaredFields()) {
            boolean isField = each.getType().getName().equals("io.debezium.config.Field");
            if (isField && Modifier.isStatic(each.getModifiers())) {
                each.setAccessible(true);
                print(owner, each.get(null), false);
            }
        }
    }

    private static void definition(Class<?> type) {
        try {
            Object made = type.getDeclaredConstructor().newInstance();
            Object config = call(made, "config");
            Map<?, ?> keys = (Map<?, ?>) config.getClass().getMethod("configKeys").invoke(config);
            for (Object key : keys.values()) {
                Object standard = key.getClass().getField("defaultValue").get(key);
                boolean required = standard != null && standard.getClass() == Object.class;
                line(type, key.getClass().getField("name").get(key), key.getClass().getField("type").get(key),
                        required, null);
            }
        } catch (ReflectiveOperationException | RuntimeException error) {
            return; // no transformation and no predicate
        }
    }

    private static void print(Class<?> owner, Object field, boolean all) {
        if (field != null) {
            line(owner, call(field, "name"), call(field, "type"), all && (boolean) call(field, "isRequired"),
                    (Collection<?>) call(field, "allowedValues"));
        }
    }

    private static void line(Class<?> owner, Object name, Object type, boolean required, Collection<?> values) {
        if (seen.add(owner.getName() + " " + name)) {
            StringJoiner list = new StringJoiner(", ", "[", "]");
            if (values != null) {
                Set<String> texts = new TreeSet<>();
                values.forEach(each -> texts.add(value(each)));
                texts.forEach(each -> list.add(quoted(each)));
            }
            System.out.println("{\"owner\": " + quoted(owner.getName()) + ", \"name\": " + quoted(name)
                    + ", \"type\": " + quoted(type) + ", \"required\": " + required + ", \"values\": " + list + "}");
        }
    }

    private static String value(Object each) {
        Object value = call(each, "getValue");
        return String.valueOf(value == null ? each : value);
    }

    private static Object call(Object on, String name) {
        try {
            Method method = on.getClass().getMethod(name);
            method.setAccessible(true);
            return method.invoke(on);
        } catch (ReflectiveOperationException | RuntimeException error) {
            return null;
        }
    }

    private static String quoted(Object text) {
        return "\"" + String.valueOf(text).replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
}
