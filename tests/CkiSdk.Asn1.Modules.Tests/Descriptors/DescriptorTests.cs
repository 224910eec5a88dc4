using CkiSdk.Asn1.Modules.AuthenticationFramework;
using CkiSdk.Asn1.Modules.CertificateExtensions;
using CkiSdk.Asn1.Modules.InformationFramework;

namespace CkiSdk.Asn1.Modules.Tests.Descriptors;

/// <summary>Shows what generated types say of themselves at run time.</summary>
public sealed class DescriptorTests
{
    [Fact]
    public void Descriptor_Tells_ComponentsOfSequence()
    {
        var type = Validity.Descriptor;
        Assert.Equal(("AuthenticationFramework", "Validity", TypeKind.Sequence), (type.Module, type.Name, type.Kind));
        Assert.Equal([Tag.Sequence], type.Tags);
        Assert.Equal(["notBefore", "notAfter"], type.Components.Select(component => component.Name));
        Assert.All(type.Components, component => Assert.Equal(TypeKind.Choice, component.Type.Kind));
    }

    [Fact]
    public void Descriptor_OfTypeInItself_EndsInTheSameDescriptor()
    {
        var name = Name.Descriptor;
        Assert.Same(name, Name.Descriptor);
        var general = GeneralName.Descriptor;
        Assert.Same(name, general.Find("directoryName")!.Type.Base);
        Assert.Equal("[4]", Assert.Single(general.Find("directoryName")!.Type.Tags.Take(1)).ToString());
    }

    [Fact]
    public void Descriptor_OfNamedBits_TellsThem()
    {
        var usage = KeyUsage.Descriptor;
        Assert.Equal(TypeKind.BitString, usage.Kind);
        Assert.Contains(new NamedNumber("keyCertSign", 5), usage.Names);
    }

    [Fact]
    public void StartsWith_OfChoice_KnowsItsAlternatives()
    {
        Assert.True(GeneralName.Descriptor.StartsWith(Tag.Context(2, constructed: false)));
        Assert.False(GeneralName.Descriptor.StartsWith(Tag.Integer));
    }
}
