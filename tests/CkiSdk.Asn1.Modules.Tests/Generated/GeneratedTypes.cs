using CkiSdk.Asn1.Compiler.Binding;
using CkiSdk.Asn1.Compiler.Model;
using CkiSdk.Asn1.Compiler.Parsing;
using CkiSdk.Asn1.Compiler.Syntax;
using CkiSdk.TestSupport;

namespace CkiSdk.Asn1.Modules.Tests.Generated;

/// <summary>Finds every generated type in the assembly, so that none can be forgotten, and joins it with the compiler's model.</summary>
internal static class GeneratedTypes
{
    private const string Root = "CkiSdk.Asn1.Modules";

    private static readonly Dictionary<string, TypeModel> Models = Compile();

    private static readonly Dictionary<string, GeneratedType> ByName = Find();

    /// <summary>Gets the names of all types, as rows of a theory.</summary>
    public static TheoryData<string> Names => [.. ByName.Keys.Order(StringComparer.Ordinal)];

    /// <summary>Gets all types.</summary>
    public static IReadOnlyCollection<GeneratedType> All => ByName.Values;

    /// <summary>Gets the names of the models that no type of the assembly was made from.</summary>
    public static IEnumerable<string> ModelsWithoutType => Models.Where(pair => pair.Value is not ValuesModel).Select(pair => pair.Key).Except(ByName.Keys);

    /// <summary>Returns the type of a name.</summary>
    public static GeneratedType Get(string name) => ByName[name];

    /// <summary>Returns the type of a C# type.</summary>
    public static GeneratedType Get(Type type) => ByName[NameOf(type.FullName!)];

    private static string NameOf(string fullName) => fullName[(Root.Length + 1)..];

    private static Dictionary<string, GeneratedType> Find()
    {
        var types = typeof(AuthenticationFramework.Certificate).Assembly.GetTypes().Where(type => type.IsPublic && (type.IsEnum || IsDerType(type)));
        return types.Select(type => new GeneratedType(NameOf(type.FullName!), type, Models[NameOf(type.FullName!)])).ToDictionary(type => type.Name, StringComparer.Ordinal);
    }

    private static bool IsDerType(Type type) =>
        type.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IDerType<>) && i.GenericTypeArguments[0] == type);

    private static Dictionary<string, TypeModel> Compile()
    {
        var files = Directory.GetFiles(Repository.PathOf("asn1"), "*.asn1").Order(StringComparer.Ordinal)
            .Select(file => Parser.Parse(new SourceText(file, File.ReadAllText(file))));
        var result = Linker.Link(files, Root);
        return result.Modules.SelectMany(module => module.Types)
            .ToDictionary(type => NameOf(type.FullName["global::".Length..]), StringComparer.Ordinal);
    }
}
