using CkiSdk.Asn1.Compiler.Binding;
using CkiSdk.Asn1.Compiler.Model;
using CkiSdk.Asn1.Compiler.Parsing;
using CkiSdk.Asn1.Compiler.Syntax;
using CkiSdk.TestSupport;

namespace CkiSdk.Asn1.Modules.Tests.Generated;

/// <summary>Finds every generated type of asn1/ and of the test modules here, so that none can be forgotten, and joins it with the compiler's model.</summary>
internal static class GeneratedTypes
{
    private const string Root = "CkiSdk.Asn1.Modules";

    private static readonly Dictionary<string, TypeModel> Models = Compile();

    private static readonly Dictionary<string, GeneratedType> ByName = Find();

    /// <summary>Gets the names of all types, as rows of a theory.</summary>
    public static TheoryData<string> Names => [.. ByName.Keys.Order(StringComparer.Ordinal)];

    /// <summary>Gets the names of the types of asn1/.</summary>
    public static TheoryData<string> PublishedNames =>
        [.. ByName.Where(pair => !pair.Key.StartsWith("Tests.", StringComparison.Ordinal)).Select(pair => pair.Key).Order(StringComparer.Ordinal)];

    /// <summary>Gets all types.</summary>
    public static IReadOnlyCollection<GeneratedType> All => ByName.Values;

    /// <summary>Gets the names of the models that no type of the assembly was made from.</summary>
    public static IEnumerable<string> ModelsWithoutType => Models.Where(pair => pair.Value is not (ValuesModel or UnionModel)).Select(pair => pair.Key).Except(ByName.Keys);

    /// <summary>Returns the type of a name.</summary>
    public static GeneratedType Get(string name) => ByName[name];

    /// <summary>Returns the type of a C# type.</summary>
    public static GeneratedType Get(Type type) => ByName[NameOf(type.FullName!)];

    private static string NameOf(string fullName) => fullName[(Root.Length + 1)..];

    private static Dictionary<string, GeneratedType> Find()
    {
        Type[] all = [.. typeof(AuthenticationFramework.Certificate).Assembly.GetTypes(), .. typeof(GeneratedTypes).Assembly.GetTypes()];
        var types = all.Where(type => type.IsPublic && (type.IsEnum || IsDerType(type)) && Models.ContainsKey(NameOf(type.FullName!)));
        return types.Select(type => new GeneratedType(NameOf(type.FullName!), type, Models[NameOf(type.FullName!)])).ToDictionary(type => type.Name, StringComparer.Ordinal);
    }

    private static bool IsDerType(Type type) =>
        type.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IDerType<>) && i.GenericTypeArguments[0] == type);

    private static Dictionary<string, TypeModel> Compile() =>
        Compile("asn1", Root).Concat(Compile("tests/CkiSdk.Asn1.Modules.Tests/Modules", Root + ".Tests"))
            .ToDictionary(type => NameOf(type.FullName["global::".Length..]), StringComparer.Ordinal);

    private static IEnumerable<TypeModel> Compile(string folder, string root)
    {
        var files = Directory.GetFiles(Repository.PathOf(folder), "*.asn1").Order(StringComparer.Ordinal)
            .Select(file => Parser.Parse(new SourceText(file, File.ReadAllText(file))));
        return Linker.Link(files, root).Modules.SelectMany(module => module.Types);
    }
}
