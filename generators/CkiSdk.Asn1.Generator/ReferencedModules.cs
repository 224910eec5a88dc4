using System.Collections.Immutable;
using System.Reflection.Metadata;
using CkiSdk.Asn1.Compiler.Binding;
using Microsoft.CodeAnalysis;

namespace CkiSdk.Asn1.Generator;

/// <summary>Finds the modules that a referenced assembly has compiled, by the attributes that the generator wrote there.</summary>
internal static class ReferencedModules
{
    private const string AttributeNamespace = "CkiSdk.Asn1";
    private const string AttributeName = "Asn1ModuleAttribute";

    /// <summary>Returns the modules of one reference.</summary>
    public static ImmutableArray<ExternalModule> Of(MetadataReference reference) => reference switch
    {
        // An IDE shows the other project as it stands in the editor, the command line as a file.
        CompilationReference project => Of(project.Compilation.Assembly),
        PortableExecutableReference file => Of(file),
        _ => [],
    };

    private static ImmutableArray<ExternalModule> Of(IAssemblySymbol assembly) =>
    [
        .. from attribute in assembly.GetAttributes()
           where attribute.AttributeClass is { Name: AttributeName } type && type.ContainingNamespace.ToDisplayString() == AttributeNamespace
           let arguments = attribute.ConstructorArguments.Select(argument => argument.Value as string ?? string.Empty).ToArray()
           where arguments.Length == 4
           select new ExternalModule(arguments[0], arguments[1], arguments[2], arguments[3], assembly.Name),
    ];

    private static ImmutableArray<ExternalModule> Of(PortableExecutableReference file)
    {
        try
        {
            return file.GetMetadata() is AssemblyMetadata assembly && assembly.GetModules() is { Length: > 0 } modules
                ? Of(modules[0].GetMetadataReader())
                : [];
        }
        catch (Exception exception) when (exception is BadImageFormatException or IOException or InvalidOperationException)
        {
            // The C# compiler reports a reference that it cannot read.
            return [];
        }
    }

    private static ImmutableArray<ExternalModule> Of(MetadataReader reader)
    {
        var modules = ImmutableArray.CreateBuilder<ExternalModule>();
        if (!reader.IsAssembly)
        {
            return [];
        }

        var assembly = reader.GetAssemblyDefinition();
        foreach (var handle in assembly.GetCustomAttributes())
        {
            var attribute = reader.GetCustomAttribute(handle);
            if (IsModuleAttribute(reader, attribute))
            {
                // ECMA-335 II.23.3: a prolog of two octets, then the four texts.
                var value = reader.GetBlobReader(attribute.Value);
                value.Offset = 2;
                modules.Add(new ExternalModule(Text(ref value), Text(ref value), Text(ref value), Text(ref value), reader.GetString(assembly.Name)));
            }
        }

        return modules.ToImmutable();
    }

    private static string Text(ref BlobReader value) => value.ReadSerializedString() ?? string.Empty;

    private static bool IsModuleAttribute(MetadataReader reader, CustomAttribute attribute)
    {
        if (attribute.Constructor.Kind != HandleKind.MemberReference)
        {
            return false;
        }

        var parent = reader.GetMemberReference((MemberReferenceHandle)attribute.Constructor).Parent;
        if (parent.Kind != HandleKind.TypeReference)
        {
            return false;
        }

        var type = reader.GetTypeReference((TypeReferenceHandle)parent);
        return reader.StringComparer.Equals(type.Name, AttributeName) && reader.StringComparer.Equals(type.Namespace, AttributeNamespace);
    }
}
