using System.Reflection;
using CkiSdk.TestSupport;

namespace CkiSdk.Asn1.Dynamic.Tests;

/// <summary>Holds the modules of asn1/, compiled at run time, and the descriptors of the types that were generated from them.</summary>
internal static class OwnModules
{
    private static readonly Lazy<Asn1Schema> Compiled = new(() => Asn1Schema.Load(Directory.GetFiles(Repository.PathOf("asn1"), "*.asn1").Order(StringComparer.Ordinal)));

    private static readonly Lazy<Dictionary<string, TypeDescriptor>> Emitted = new(() => typeof(Modules.AuthenticationFramework.Certificate).Assembly.GetTypes()
        .Where(type => type.IsPublic)
        .Select(type => type.GetProperty("Descriptor", BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly)?.GetValue(null))
        .OfType<TypeDescriptor>().ToDictionary(type => $"{type.Module}.{type.Name}", StringComparer.Ordinal));

    /// <summary>Gets the modules compiled at run time.</summary>
    public static Asn1Schema Schema => Compiled.Value;

    /// <summary>Gets the descriptors of the generated types by <c>Module.Type</c>.</summary>
    public static IReadOnlyDictionary<string, TypeDescriptor> Generated => Emitted.Value;

    /// <summary>Gets the names of all types, as rows of a theory.</summary>
    public static TheoryData<string> Names => [.. Emitted.Value.Keys.Order(StringComparer.Ordinal)];
}
