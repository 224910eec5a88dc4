using System.Reflection;
using System.Runtime.ExceptionServices;

namespace CkiSdk.Asn1.Generator.Tests;

/// <summary>Is a module compiled to C# and loaded, whose types decode and encode octets in hexadecimal.</summary>
internal sealed class CompiledModule
{
    private readonly Assembly _assembly;
    private readonly string _namespace;

    /// <summary>Compiles assignments; requires that nothing is wrong with them.</summary>
    public CompiledModule(string assignments, string tags = "EXPLICIT", string? code = null)
    {
        var run = GeneratorRun.Of(("/m/Compiled.asn1", $"Compiled DEFINITIONS {tags} TAGS ::= BEGIN\n{assignments}\nEND\n"));
        Assert.Empty(run.Faults);
        var output = code is null ? run.Output : run.Output.AddSyntaxTrees(Microsoft.CodeAnalysis.CSharp.CSharpSyntaxTree.ParseText(code, run.Output.SyntaxTrees.First().Options as Microsoft.CodeAnalysis.CSharp.CSharpParseOptions));
        Assert.Empty(output.GetDiagnostics().Where(diagnostic => diagnostic.Severity >= Microsoft.CodeAnalysis.DiagnosticSeverity.Warning));
        using var file = new MemoryStream();
        Assert.True(output.Emit(file).Success);
        _assembly = Assembly.Load(file.ToArray());
        _namespace = "Test.Compiled";
    }

    /// <summary>Returns a C# type.</summary>
    public Type Type(string name) => _assembly.GetType($"{_namespace}.{name}", throwOnError: true)!;

    /// <summary>Decodes a value.</summary>
    public object Decode(string type, string hex)
    {
        ReadOnlyMemory<byte> der = Convert.FromHexString(hex);
        return Invoke(Codec(type).GetMethod("Decode", [typeof(ReadOnlyMemory<byte>)])!, null, der)!;
    }

    /// <summary>Encodes a value.</summary>
    public string Encode(object value)
    {
        var type = value.GetType();
        var octets = type.IsEnum ? Invoke(Codec(type.Name).GetMethod("Encode", [type])!, null, value) : Invoke(type.GetMethod("Encode", [])!, value);
        return Convert.ToHexString((byte[])octets!);
    }

    /// <summary>Checks octets as the view does, without making a value.</summary>
    public void Validate(string type, string hex) =>
        Invoke(typeof(CompiledModule).GetMethod(nameof(ValidateAs), BindingFlags.Static | BindingFlags.NonPublic)!.MakeGenericMethod(Type(type)), null, Convert.FromHexString(hex));

    /// <summary>Calls a static method of a class that was compiled with the module.</summary>
    public object? Call(string type, string method, params object?[] arguments) => Invoke(Type(type).GetMethod(method)!, null, arguments);

    private static void ValidateAs<T>(byte[] der)
        where T : IDerType<T> => Der.Validate<T>(der);

    private Type Codec(string type) => Type(type).IsEnum ? Type(type + "Codec") : Type(type);

    private static object? Invoke(MethodInfo method, object? target, params object?[] arguments)
    {
        try
        {
            return method.Invoke(target, arguments);
        }
        catch (TargetInvocationException e)
        {
            ExceptionDispatchInfo.Throw(e.InnerException!);
            throw;
        }
    }
}
