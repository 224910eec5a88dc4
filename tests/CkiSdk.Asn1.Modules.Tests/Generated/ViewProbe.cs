using System.Collections.Concurrent;
using System.Reflection;
using System.Reflection.Emit;

namespace CkiSdk.Asn1.Modules.Tests.Generated;

/// <summary>Reads the properties of views, which reflection cannot hold because they are ref structs: with methods made at run time.</summary>
internal static class ViewProbe
{
    private static readonly ConcurrentDictionary<PropertyInfo, Func<byte[], object>> Readers = [];

    private static readonly ConcurrentDictionary<Type, Delegate> Conversions = [];

    /// <summary>Lays the view over octets and gives one property.</summary>
    public static object Read(PropertyInfo property, byte[] der) => Readers.GetOrAdd(property, MakeReader)(der);

    private static Func<byte[], object> MakeReader(PropertyInfo property)
    {
        var view = property.DeclaringType!;
        var method = new DynamicMethod($"{view.Name}.{property.Name}", typeof(object), [typeof(Delegate), typeof(byte[])], typeof(ViewProbe).Module, skipVisibility: true);
        var il = method.GetILGenerator();
        il.Emit(OpCodes.Ldarg_1);
        il.Emit(OpCodes.Call, typeof(ReadOnlySpan<byte>).GetMethod("op_Implicit", [typeof(byte[])])!);
        il.Emit(OpCodes.Ldnull);
        il.Emit(OpCodes.Call, view.GetMethod("Decode", [typeof(ReadOnlySpan<byte>), typeof(DerLimits)])!);
        OnAddress(il, view, property.GetMethod!);
        Convert(il, property.PropertyType);
        il.Emit(OpCodes.Ret);
        return method.CreateDelegate<Func<byte[], object>>(ElementConversion(property.PropertyType));
    }

    private static Delegate ConversionOf(Type view) => Conversions.GetOrAdd(view, static view =>
    {
        var method = new DynamicMethod($"{view.Name}.Convert", typeof(object), [typeof(Delegate), view], typeof(ViewProbe).Module, skipVisibility: true);
        var il = method.GetILGenerator();
        il.Emit(OpCodes.Ldarg_1);
        Convert(il, view);
        il.Emit(OpCodes.Ret);
        return method.CreateDelegate(typeof(ViewConversion<>).MakeGenericType(view), ElementConversion(view));
    });

    private static Delegate? ElementConversion(Type type) => IsList(type) ? ConversionOf(type.GenericTypeArguments[0]) : null;

    private static bool IsList(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ListView<>);

    // The value on the stack becomes an object.
    private static void Convert(ILGenerator il, Type type)
    {
        if (!type.IsByRefLike)
        {
            il.Emit(OpCodes.Box, type);
        }
        else if (type.GetMethod("ToRecord", []) is { } toRecord)
        {
            OnAddress(il, type, toRecord);
            if (toRecord.ReturnType.IsValueType)
            {
                il.Emit(OpCodes.Box, toRecord.ReturnType);
            }
        }
        else if (IsList(type))
        {
            il.Emit(OpCodes.Ldarg_0);
            il.Emit(OpCodes.Castclass, typeof(ViewConversion<>).MakeGenericType(type.GenericTypeArguments));
            il.Emit(OpCodes.Call, typeof(ViewConversions).GetMethod("OfList")!.MakeGenericMethod(type.GenericTypeArguments));
        }
        else if (type.IsGenericType && type != typeof(ReadOnlySpan<byte>))
        {
            var name = type.GetGenericTypeDefinition() == typeof(StringView<>) ? "OfString" : "OfEnumerated";
            il.Emit(OpCodes.Call, typeof(ViewConversions).GetMethod(name)!.MakeGenericMethod(type.GenericTypeArguments));
        }
        else
        {
            il.Emit(OpCodes.Call, typeof(ViewConversions).GetMethod("Of", [type])!);
        }
    }

    private static void OnAddress(ILGenerator il, Type type, MethodInfo method)
    {
        var local = il.DeclareLocal(type);
        il.Emit(OpCodes.Stloc, local);
        il.Emit(OpCodes.Ldloca, local);
        il.Emit(OpCodes.Call, method);
    }
}
