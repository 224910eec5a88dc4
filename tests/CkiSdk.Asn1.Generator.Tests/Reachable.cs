using System.Reflection;

namespace CkiSdk.Asn1.Generator.Tests;

/// <summary>Walks what objects hold on to, through their fields.</summary>
internal static class Reachable
{
    /// <summary>Returns the types of all objects that can be reached.</summary>
    public static IReadOnlyCollection<Type> From(IEnumerable<object?> roots)
    {
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
        var types = new HashSet<Type>();
        var waiting = new Stack<object>(roots.OfType<object>());
        while (waiting.TryPop(out var next))
        {
            if (next is string or Type or Delegate or Pointer || (!next.GetType().IsValueType && !seen.Add(next)))
            {
                continue;
            }

            types.Add(next.GetType());
            foreach (var value in Held(next))
            {
                waiting.Push(value);
            }
        }

        return types;
    }

    private static IEnumerable<object> Held(object holder)
    {
        if (holder is Array array)
        {
            return array.GetType().GetElementType()!.IsPrimitive ? [] : array.Cast<object>().Where(item => item is not null);
        }

        if (holder.GetType().IsPrimitive)
        {
            return [];
        }

        return Fields(holder.GetType()).Select(field => field.GetValue(holder)).OfType<object>();
    }

    private static IEnumerable<FieldInfo> Fields(Type type)
    {
        for (var level = type; level is not null; level = level.BaseType)
        {
            foreach (var field in level.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            {
                yield return field;
            }
        }
    }
}
