using System.Reflection;
using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;

namespace CkiSdk.Protocol.Tests.Matrices;

/// <summary>Lists every status and every failure bit of Part 2 with a situation that it arises from; one without a situation fails the test.</summary>
public sealed class FailureBitTests
{
    /// <summary>Gets the names of the bits as the module declares them.</summary>
    public static TheoryData<string> Bits => new(Named(typeof(PKIFailureInfo)));

    /// <summary>Gets the names of the statuses as the module declares them.</summary>
    public static TheoryData<string> Statuses => new(Named(typeof(PKIStatus)));

    [Fact]
    public void Names_AreThoseOfTheModule()
    {
        Assert.Equal(11, Bits.Count);
        Assert.Equal(4, Statuses.Count);
        Assert.Equal(Named(typeof(PKIFailureInfo)).Order(StringComparer.Ordinal), FailureSituations.OfBits.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(Named(typeof(PKIStatus)).Order(StringComparer.Ordinal), FailureSituations.OfStatuses.Keys.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Bits))]
    public async Task Bit_Arises(string bit)
    {
        var (situation, arise) = FailureSituations.OfBits[bit];
        var expected = (PKIFailureInfo)typeof(PKIFailureInfo).GetProperty(bit, BindingFlags.Public | BindingFlags.Static)!.GetValue(null)!;
        var status = await arise();
        Assert.True(status.Status == PKIStatus.Rejection && status.FailInfo == expected, $"{situation}: {status} instead of {bit}");
    }

    [Theory]
    [MemberData(nameof(Statuses))]
    public async Task Status_Arises(string name)
    {
        var (situation, arise) = FailureSituations.OfStatuses[name];
        var expected = (PKIStatus)typeof(PKIStatus).GetProperty(name, BindingFlags.Public | BindingFlags.Static)!.GetValue(null)!;
        var status = await arise();
        Assert.True(status.Status == expected && (expected == PKIStatus.Rejection || status.FailInfo is null), $"{situation}: {status} instead of {name}");
    }

    private static IEnumerable<string> Named(Type type) =>
        type.GetProperties(BindingFlags.Public | BindingFlags.Static).Where(property => property.PropertyType == type).Select(property => property.Name);
}
