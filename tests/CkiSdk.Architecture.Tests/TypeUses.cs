using System.Reflection;
using System.Reflection.Emit;

namespace CkiSdk.Architecture.Tests;

/// <summary>Lists the types that a type uses: bases, members, signatures, attributes, locals and the instructions of its methods.</summary>
internal static class TypeUses
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<short, OpCode> OpCodesByValue = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!).ToDictionary(code => code.Value);

    /// <summary>Gets every type used, generic arguments and element types taken apart; may repeat.</summary>
    public static IEnumerable<Type> Of(Type type) => Raw(type).SelectMany(TakeApart);

    private static IEnumerable<Type> Raw(Type type)
    {
        if (type.BaseType is { } parent) yield return parent;
        foreach (var contract in type.GetInterfaces()) yield return contract;
        foreach (var attribute in type.GetCustomAttributesData()) yield return attribute.AttributeType;
        foreach (var field in type.GetFields(Declared)) yield return field.FieldType;
        foreach (var constraint in type.GetGenericArguments().Where(argument => argument.IsGenericParameter).SelectMany(argument => argument.GetGenericParameterConstraints()))
        {
            yield return constraint;
        }

        IEnumerable<MethodBase> methods = [.. type.GetMethods(Declared), .. type.GetConstructors(Declared)];
        foreach (var used in methods.SelectMany(OfMethod)) yield return used;
    }

    private static IEnumerable<Type> OfMethod(MethodBase method)
    {
        if (method is MethodInfo { ReturnType: var result }) yield return result;
        foreach (var parameter in method.GetParameters()) yield return parameter.ParameterType;
        if (method.GetMethodBody() is not { } body) yield break;
        foreach (var local in body.LocalVariables) yield return local.LocalType;
        foreach (var used in OfInstructions(method, body.GetILAsByteArray() ?? [])) yield return used;
    }

    private static IEnumerable<Type> OfInstructions(MethodBase method, byte[] code)
    {
        for (var position = 0; position < code.Length;)
        {
            // ECMA-335 III.1.2.1: FE starts a two-octet opcode.
            var value = code[position] == 0xFE ? unchecked((short)(0xFE00 | code[position + 1])) : code[position];
            var opcode = OpCodesByValue[value];
            position += opcode.Size;
            if (opcode.OperandType is OperandType.InlineMethod or OperandType.InlineField or OperandType.InlineType or OperandType.InlineTok
                && Resolve(method, BitConverter.ToInt32(code, position)) is { } member)
            {
                if (member is Type type) yield return type;
                if (member.DeclaringType is { } declaring) yield return declaring;
                if (member is MethodInfo { IsGenericMethod: true } generic)
                {
                    foreach (var argument in generic.GetGenericArguments()) yield return argument;
                }
            }

            position += OperandSize(opcode, code, position);
        }
    }

    private static MemberInfo? Resolve(MethodBase method, int token) =>
        method.Module.ResolveMember(token, method.DeclaringType?.GetGenericArguments(), method.IsGenericMethod ? method.GetGenericArguments() : null);

    private static int OperandSize(OpCode opcode, byte[] code, int position) => opcode.OperandType switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(code, position)),
        _ => 4,
    };

    private static IEnumerable<Type> TakeApart(Type type)
    {
        if (type.HasElementType) return TakeApart(type.GetElementType()!);
        if (type.IsGenericParameter) return [];
        return type.IsConstructedGenericType
            ? type.GetGenericArguments().SelectMany(TakeApart).Append(type.GetGenericTypeDefinition())
            : [type];
    }
}
