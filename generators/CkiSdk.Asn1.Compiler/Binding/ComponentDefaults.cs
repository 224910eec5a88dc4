using CkiSdk.Asn1.Compiler.Model;

namespace CkiSdk.Asn1.Compiler.Binding;

/// <summary>Gives components their defaults: as values, as octets and in C#.</summary>
internal sealed class ComponentDefaults(DefaultBinder expressions, ValueNodeBinder values, ValueEncoder encoder)
{
    /// <summary>Returns the component with its default; a default that cannot be worked out was reported, and the component may be absent.</summary>
    /// <param name="model">The component.</param>
    /// <param name="member">Its syntax.</param>
    /// <param name="owner">The full C# name of the type that it belongs to.</param>
    public ComponentModel Apply(ComponentModel model, Member member, string owner)
    {
        if (member.Syntax.Default is not { } value)
        {
            return member.IsAddition ? model with { IsOptional = true, Group = member.Group, IsRequiredInGroup = member.Group > 0 && !model.IsOptional } : model;
        }

        if (values.Bind(value, member.Scope, member.Syntax.Type, member.Scope) is not { } node || encoder.Default(member) is not { } der)
        {
            return model with { IsOptional = true };
        }

        model = model with { DefaultValue = node, DefaultDer = der, Group = member.Group };
        if (Emit.SelectorUses.Any(model.Use))
        {
            // What the octets mean depends on the value of another component.
            return model with { IsOptional = true };
        }

        return expressions.Expression(node, member.Syntax.Type, member.Scope, model.Use) is { } expression
            ? model with { Default = expression }
            : model with { Default = $"{owner}.Default{model.Name}", DefaultMember = $"Default{model.Name}" };
    }

    /// <summary>Gives the properties about a default names that no component has.</summary>
    public static ComponentModel Distinguish(ComponentModel model, IReadOnlyList<string> taken)
    {
        var member = Free(model.DefaultMember, taken);
        model = model with { EncodedMember = Free(model.EncodedMember, taken) };
        return member == model.DefaultMember ? model : model with { DefaultMember = member, Default = model.Default!.Substring(0, model.Default.LastIndexOf('.') + 1) + member };
    }

    private static string? Free(string? member, IReadOnlyList<string> taken)
    {
        while (member is not null && taken.Contains(member))
        {
            member += "_";
        }

        return member;
    }
}
