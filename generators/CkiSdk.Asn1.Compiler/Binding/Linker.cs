using CkiSdk.Asn1.Compiler.Diagnostics;
using CkiSdk.Asn1.Compiler.Emit;
using CkiSdk.Asn1.Compiler.Model;
using CkiSdk.Asn1.Compiler.Parsing;
using CkiSdk.Asn1.Compiler.Syntax;

namespace CkiSdk.Asn1.Compiler.Binding;

/// <summary>Joins parsed modules: finds what names mean and makes the models of everything to emit.</summary>
public sealed class Linker
{
    private readonly HashSet<ModuleUnit> _abandoned = [];
    private readonly Reporter _reporter;
    private readonly SymbolTable _symbols;
    private readonly NameChecker _names;
    private readonly TypeChecker _checks;
    private readonly ClassBinder _classes;
    private readonly Peeler _peeler;
    private readonly ValueBinder _values;
    private readonly TagBinder _tags;
    private readonly RelaxationBinder _relaxations;
    private readonly ConstraintBinder _constraints;
    private readonly ValueConstraints _permitted;
    private readonly TypeBinder _types;
    private readonly DefaultBinder _defaults;
    private readonly ValueNodeBinder _nodes;
    private readonly ValueEncoder _encoder;
    private readonly StructureBinder _structures;
    private readonly ObjectChecker _objects;
    private readonly IReadOnlyList<ModuleUnit> _units;
    private readonly IReadOnlyList<ModuleUnit> _chosen;
    private readonly Dictionary<AssignmentSyntax, LinkedAssignment> _made = new(ReferenceComparer<AssignmentSyntax>.Instance);
    private readonly Dictionary<TypeModel, TypeModel> _lowered = new(ReferenceComparer<TypeModel>.Instance);
    private LinkState? _earlier;
    private Reuse? _reuse;
    private bool _isOutdated;
    private int _linked;

    private Linker(IEnumerable<ModuleUnit> units, IReadOnlyList<ModuleUnit> chosen, Reporter reporter)
    {
        (_chosen, _reporter) = (chosen, reporter);
        var modules = new ModuleTable(units, _reporter);
        _symbols = new SymbolTable(modules);
        _units = [.. _symbols.Units];
        _names = new NameChecker(modules, _symbols, _reporter);
        var parameters = new Parameters(_reporter);
        _classes = new ClassBinder(_symbols, parameters);
        var objects = new ObjectBinder(_symbols, _classes, parameters, _reporter);
        var sets = objects.Sets = new ObjectSetBinder(_symbols, _classes, objects, parameters, _reporter);
        var fields = new FieldBinder(_symbols, _classes, objects, sets, _reporter);
        _peeler = new Peeler(_symbols, _classes, fields, new TableBinder(_symbols, _classes, sets, _reporter), parameters, _reporter);
        _values = new ValueBinder(_symbols, fields, parameters);
        _checks = new TypeChecker(_peeler, _classes, _values, _reporter);
        var components = new Components(_peeler, _reporter);
        _nodes = new ValueNodeBinder(_symbols, _classes, fields, parameters, _peeler, components, _reporter);
        _values.Nodes = _nodes;
        _tags = new TagBinder(_peeler, components, _values, _reporter);
        _objects = new ObjectChecker(_classes, objects, sets, _peeler, _values, _reporter);
        _constraints = new ConstraintBinder(_peeler, _values, _reporter) { Components = components };
        _permitted = new ValueConstraints(_constraints, _peeler, components, _reporter);
        _relaxations = new RelaxationBinder(_peeler, _reporter);
        _types = new TypeBinder(_peeler, _tags, _constraints, _reporter);
        _encoder = new ValueEncoder(_peeler, components, _tags, _nodes, _reporter);
        _nodes.Encoder = _encoder;
        _defaults = new DefaultBinder(_peeler);
        var relations = new RelationBinder(_peeler, components, _reporter) { Types = _types };
        var defaults = new ComponentDefaults(_defaults, _nodes, _encoder);
        _structures = new StructureBinder(_peeler, components, _tags, _types, _constraints, _permitted, _relaxations, defaults, _nodes, relations, new TagChecker(_peeler, _classes, components, _tags, _reporter), _reporter);
        _types.Structures = _structures;
        var keys = new SelectorKeyBinder(_peeler, components, _values, _nodes, _defaults, _types);
        _types.Unions = new UnionBinder(_peeler, relations, objects, keys, _values) { Types = _types, Structures = _structures };
    }

    /// <summary>Links all modules of a project; a module with faults does not keep the others from their models.</summary>
    /// <param name="files">The parsed files.</param>
    /// <param name="rootNamespace">The namespace under which each module gets its own.</param>
    /// <param name="externals">The modules of referenced assemblies, from which those of the project may import.</param>
    /// <param name="memory">What knows of an earlier linking and is told of this one; null to link everything.</param>
    public static LinkResult Link(IEnumerable<ParseResult> files, string rootNamespace, IEnumerable<ExternalModule>? externals = null, LinkMemory? memory = null)
    {
        var (parsed, offered) = (files.ToList(), (externals ?? []).ToList());
        if (memory is null)
        {
            return Begin(parsed, rootNamespace, offered, null).Result();
        }

        lock (memory.Gate)
        {
            var linker = Begin(parsed, rootNamespace, offered, memory.State);
            linker = linker._isOutdated ? Begin(parsed, rootNamespace, offered, null) : linker;
            var result = linker.Result();
            memory.Linked = linker._linked;
            memory.State = linker._reporter.HasErrors ? memory.State : linker.State(memory.State?.Uses, offered);
            return result;
        }
    }

    private static Linker Begin(IReadOnlyList<ParseResult> files, string rootNamespace, IReadOnlyList<ExternalModule> externals, LinkState? state)
    {
        var reporter = new Reporter();
        var units = files.SelectMany(file => file.Modules.Select(module => new ModuleUnit(module, file, rootNamespace))).ToList();
        var chosen = ExternalUnits.Choose(units, externals, reporter);
        var linker = new Linker([.. units, .. chosen], chosen, reporter);
        linker._names.Check();
        linker._earlier = state;
        linker._reuse = Reuse.Of(state, linker._units, externals);
        foreach (var unit in linker._units)
        {
            linker.Guarded(unit, unit.Syntax.Assignments, assignment => linker._checks.Check(unit, assignment));
            linker.Guarded(unit, unit.Assignments.Values.Take(1), _ => linker._relaxations.Read(unit), always: true);
        }

        foreach (var unit in linker._units)
        {
            linker.Module(unit);
        }

        linker.CheckObjects();
        return linker;
    }

    private LinkResult Result()
    {
        var made = _units.SelectMany(_structures.Of).ToList();
        FiniteValues.Check(made, _units, _reporter);
        IReadOnlyList<TypeModel> named = [.. Completeness.NameFiles(Completeness.Restore(made, _chosen))];
        var models = ConstraintLowering.Apply(named, Elsewhere, _reuse is null ? null : _earlier?.Lowered).ToList();
        for (var i = 0; i < named.Count; i++)
        {
            _lowered[named[i]] = models[i];
        }

        var modules = _units.Select(unit => new ModuleModel(
            unit.Syntax.Name,
            ExternalUnits.Oid(unit.Syntax.Oid),
            unit.Namespace,
            unit.Syntax.BareText,
            new EquatableArray<TypeModel>(models.Where(model => model.Namespace == unit.Namespace)))
        {
            Aliases = new EquatableArray<AliasModel>(unit.Syntax.Assignments.Select(assignment => Of(assignment)?.Alias).OfType<AliasModel>()),
        });
        return new LinkResult(new EquatableArray<ModuleModel>(Completeness.NameFiles(modules)), new EquatableArray<Asn1Diagnostic>(_reporter.Diagnostics));
    }

    private LinkState State(NameUses? uses, IReadOnlyList<ExternalModule> externals)
    {
        uses = _reuse is null ? new NameUses() : uses ?? new NameUses();
        var modules = new List<LinkedModule>();
        foreach (var unit in _units)
        {
            foreach (var assignment in unit.Syntax.Assignments)
            {
                if (_reuse is null || _reuse.IsEdited(assignment))
                {
                    uses.Add(unit.Source, assignment);
                }
            }

            modules.Add(new LinkedModule(unit, Reuse.Head(unit), unit.Syntax.Assignments.ToDictionary(assignment => assignment, assignment => Of(assignment)!, ReferenceComparer<AssignmentSyntax>.Instance)));
        }

        return new LinkState(externals, modules, uses, _reporter.Doubtful, _lowered);
    }

    private LinkedAssignment? Of(AssignmentSyntax assignment) => _reuse?.Find(assignment) ?? (_made.TryGetValue(assignment, out var made) ? made : null);

    // Inner types have names that depend on all that stands before them: the modules are bound as their own assembly did.
    private IEnumerable<TypeModel> Elsewhere()
    {
        foreach (var unit in _chosen)
        {
            Module(unit);
        }

        return [.. _chosen.SelectMany(_structures.Of)];
    }

    private void Module(ModuleUnit unit)
    {
        var (values, names, models) = (new List<ValueModel>(), new HashSet<string>(StringComparer.Ordinal), _structures.Of(unit));
        foreach (var assignment in unit.Assignments.Values)
        {
            if (_reuse?.Find(assignment) is { } known)
            {
                _isOutdated |= known.Hoisted.Any(name => unit.Hoist(name.Wanted) != name.Got);
                models.AddRange(known.Models);
            }
            else
            {
                Assignment(unit, assignment, models);
            }

            if (Of(assignment)?.Value is { } value)
            {
                values.Add(names.Add(value.Name) ? value : value with { Name = value.Name + "_" });
                names.Add(values[values.Count - 1].Name);
            }
        }

        if (values.Count > 0)
        {
            var name = unit.Hoist(Names.Pascal(unit.Syntax.Name) + "Values");
            var doc = new DocModel(null, unit.Syntax.Name, unit.Source.Path);
            _structures.Add(unit, new ValuesModel(unit.Syntax.Name, unit.Namespace, name, name, doc, new EquatableArray<ValueModel>(values)));
        }
    }

    private void Assignment(ModuleUnit unit, AssignmentSyntax assignment, List<TypeModel> models)
    {
        var (firstModel, firstName) = (models.Count, unit.Hoisted.Count);
        (AliasModel? alias, ValueModel? value) = (null, null);
        Guarded(unit, [assignment], _ =>
        {
            switch (assignment)
            {
                case TypeAssignmentSyntax { Parameters.Count: 0 } type when !_classes.IsClass(new Symbol(unit, type)):
                    alias = Type(unit, type);
                    break;
                case ClassAssignmentSyntax { Parameters.Count: 0 } definition:
                    _objects.CheckClass(unit, definition);
                    break;
                case ValueAssignmentSyntax { Parameters.Count: 0 } given:
                    value = Value(unit, given);
                    break;
                case SetAssignmentSyntax { Parameters.Count: 0 } set:
                    Set(unit, set);
                    break;
            }
        });
        var hoisted = unit.Hoisted.Skip(firstName).ToList();
        _linked++;
        _made[assignment] = new LinkedAssignment(models.Skip(firstModel).ToList(), hoisted, alias, value);

        // Whether a name is that of a view depends on all names of the module.
        IReadOnlyList<(string Wanted, string Got)> before = _reuse?.Before(assignment)?.Hoisted ?? [];
        _isOutdated |= _reuse is not null && !before.SequenceEqual(hoisted) && before.Concat(hoisted).Any(Reuse.IsView);
    }

    /// <summary>References over more definitions than the stack has room for end the work on a module, with an error instead of the process.</summary>
    private void Guarded(ModuleUnit unit, IEnumerable<AssignmentSyntax> assignments, Action<AssignmentSyntax> work, bool always = false)
    {
        if (_abandoned.Contains(unit))
        {
            return;
        }

        foreach (var assignment in assignments)
        {
            if (!always && _reuse?.Find(assignment) is not null)
            {
                continue;
            }

            try
            {
                _reporter.Current = assignment;
                work(assignment);
                _reporter.Current = null;
            }
            catch (InsufficientExecutionStackException)
            {
                _abandoned.Add(unit);
                var lenient = _reporter.IsLenient;
                _reporter.IsLenient = false;
                _reporter.Error(DiagnosticCodes.TooDeep, unit, assignment.NameSpan, $"{assignment.Name} refers to more definitions behind one another than the compiler follows; what follows in the module is not compiled");
                _reporter.IsLenient = lenient;
                return;
            }
        }
    }

    /// <summary>What types use of objects was found wrong by now; what remains changes no type.</summary>
    private void CheckObjects()
    {
        _reporter.IsLenient = true;
        foreach (var unit in _units)
        {
            Guarded(unit, unit.Assignments.Values.Where(assignment => assignment.Parameters.Count == 0), assignment =>
            {
                if (assignment is ValueAssignmentSyntax value)
                {
                    _objects.CheckObject(unit, value);
                }
                else if (assignment is SetAssignmentSyntax set)
                {
                    _objects.CheckSet(unit, set);
                }
            });
        }

        _reporter.IsLenient = false;
    }

    // Returns what the assignment stands for if it is a mere other name.
    private AliasModel? Type(ModuleUnit unit, TypeAssignmentSyntax assignment)
    {
        var place = new Place(unit, unit.TypeName(assignment.Name), assignment) { Relaxations = _relaxations.Of(assignment) };
        if (_peeler.Peel(assignment.Type, unit.Scope) is not { } peeled)
        {
            return null;
        }

        var own = _tags.Chain(peeled);
        if (_tags.IsEndless(assignment))
        {
            return null;
        }

        // A mere other name is the type itself and gets no model.
        if (peeled.Target is null && peeled.Base is SequenceTypeSyntax or ChoiceTypeSyntax or EnumeratedTypeSyntax or IntegerTypeSyntax or BitStringTypeSyntax)
        {
            _structures.Declare(peeled, place, own, hoisted: false);
        }
        else if (peeled is { Target: { } target, IsBare: true })
        {
            return new AliasModel(assignment.Name, target.FullName);
        }
        else if (_types.Use(peeled, place) is { } use)
        {
            _structures.Add(unit, new WrapperModel(unit.Syntax.Name, unit.Namespace, assignment.Name, place.Name, place.Doc(false), use, default));
        }

        return null;
    }

    private ValueModel? Value(ModuleUnit unit, ValueAssignmentSyntax assignment)
    {
        var scope = unit.Scope;
        if (_classes.IsClass(assignment.Governor, scope) || _peeler.Peel(assignment.Governor, scope) is not { } peeled)
        {
            return null;
        }

        var place = new Place(unit, Names.Pascal(assignment.Name), assignment);
        if (_nodes.Bind(new Symbol(unit, assignment), assignment) is not { } node || _types.Use(peeled, place) is not { } use)
        {
            return null;
        }

        _permitted.Check(node, assignment.Governor, scope, assignment.Value, unit);
        var expression = _defaults.Expression(node, assignment.Governor, scope, use);
        var der = _encoder.Encode(node, assignment.Governor, scope);
        if (der is null)
        {
            _reporter.Warning(DiagnosticCodes.Skipped, unit, assignment.NameSpan, $"{assignment.Name} has no encoding, so it has no member in C#");
            return null;
        }

        var name = Names.Member(assignment.Name, string.Empty);
        return new ValueModel(assignment.Name, name, use.CSharpType, expression ?? Emit.Codec.Decoded(use, assignment.Name, der), place.Doc(false)) { Value = node, Der = der };
    }

    // A value set is a type with a constraint, which is worked out here also where no type uses it.
    private void Set(ModuleUnit unit, SetAssignmentSyntax assignment)
    {
        var reference = new TypeReferenceSyntax(unit.Syntax.Name, assignment.Name, null, assignment.NameSpan);
        if (!_classes.IsClass(assignment.Governor, unit.Scope) && _peeler.Peel(assignment.Governor, unit.Scope) is not null && _peeler.Peel(reference, unit.Scope) is { } peeled)
        {
            _ = _constraints.Bind(peeled);
        }
    }
}
