using CkiSdk.Asn1.Compiler.Diagnostics;
using CkiSdk.Asn1.Compiler.Model;

namespace CkiSdk.Asn1.Compiler.Binding;

/// <summary>Finds types that contain themselves in every value, so that no value of them ends.</summary>
internal sealed class FiniteValues
{
    // A few examples are enough to find the fault.
    private const int MostNames = 6;
    private const int MostLooked = 1000;
    private const int MostTold = 20;

    private readonly Dictionary<string, TypeModel> _models = new(StringComparer.Ordinal);
    private readonly HashSet<string> _finite = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<string>> _waiting = new(StringComparer.Ordinal);

    private FiniteValues(IEnumerable<TypeModel> models)
    {
        foreach (var model in models)
        {
            _models[model.FullName] = model;
        }

        // A type is looked at again when one that it waited for was found to have an end.
        var next = new Queue<string>(_models.Keys);
        while (next.Count > 0)
        {
            var name = next.Dequeue();
            if (_finite.Contains(name) || Needed(_models[name]) is { } needed && Wait(name, needed))
            {
                continue;
            }

            _finite.Add(name);
            foreach (var other in _waiting.TryGetValue(name, out var others) ? others : [])
            {
                next.Enqueue(other);
            }
        }
    }

    /// <summary>Warns of the types that are part of such a circle.</summary>
    /// <param name="models">All types.</param>
    /// <param name="units">The modules that define them.</param>
    /// <param name="reporter">What takes the warnings.</param>
    public static void Check(IEnumerable<TypeModel> models, IEnumerable<ModuleUnit> units, Reporter reporter)
    {
        var found = new FiniteValues(models);
        var places = units.ToLookup(unit => unit.Namespace, StringComparer.Ordinal);
        var told = 0;
        foreach (var model in found._models.Values.Where(model => !found._finite.Contains(model.FullName)).Take(MostLooked))
        {
            if (told == MostTold || found.Circle(model.FullName) is not { } circle || places[model.Namespace].FirstOrDefault(unit => unit.Assignments.ContainsKey(model.Asn1Name)) is not { } unit)
            {
                continue;
            }

            told++;
            reporter.Warning(
                DiagnosticCodes.NoValue, unit, unit.Assignments[model.Asn1Name].NameSpan,
                $"{model.Asn1Name} has no value that ends: {string.Join(" contains ", circle.Select(name => found._models[name].Asn1Name))}, always");
        }
    }

    private bool Wait(string name, IEnumerable<string> needed)
    {
        var missing = needed.Where(other => !_finite.Contains(other)).ToList();
        foreach (var other in missing)
        {
            if (!_waiting.TryGetValue(other, out var others))
            {
                _waiting.Add(other, others = []);
            }

            others.Add(name);
        }

        return missing.Count > 0 && (_models[name] is not ChoiceModel choice || missing.Count == choice.Alternatives.Count);
    }

    // The types of which each value needs a value; of a CHOICE one of them is enough, and null says that one ends by itself.
    private IReadOnlyList<string>? Needed(TypeModel model) => model switch
    {
        RecordModel record => [.. record.Components.Where(component => !component.IsOptional && component.Default is null).Select(component => Needed(component.Use)).OfType<string>()],
        ChoiceModel { IsExtensible: false } choice when choice.Alternatives.Select(alternative => Needed(alternative.Use)).ToList() is var needed && !needed.Contains(null) => [.. needed.OfType<string>()],
        WrapperModel wrapper when Needed(wrapper.Use) is { } needed => [needed],
        _ => null,
    };

    private string? Needed(TypeUse use) => use.Core switch
    {
        GeneratedCore core when _models.ContainsKey(core.FullName) => core.FullName,
        ListCore list when use.Constraint?.Sizes.Minimum > 0 => Needed(list.Element),
        ContainedCore contained => Needed(contained.Inner),
        _ => null,
    };

    // The way over types without an end back to the first one; null where there is none.
    private List<string>? Circle(string first)
    {
        var before = new Dictionary<string, string>(StringComparer.Ordinal);
        var next = new Queue<string>([first]);
        while (next.Count > 0)
        {
            var name = next.Dequeue();
            foreach (var other in (Needed(_models[name]) ?? []).Where(other => !_finite.Contains(other) && !before.ContainsKey(other)))
            {
                before.Add(other, name);
                next.Enqueue(other);
            }

            if (before.ContainsKey(first))
            {
                return Way(before, first);
            }
        }

        return null;
    }

    private static List<string> Way(Dictionary<string, string> before, string first)
    {
        var way = new List<string> { first };
        for (var name = before[first]; name != first; name = before[name])
        {
            way.Insert(1, name);
        }

        way.Add(first);
        return way.Count <= MostNames ? way : [.. way.Take(MostNames - 1), first];
    }
}
