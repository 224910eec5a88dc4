namespace CkiSdk.Asn1.Tests.Descriptors;

/// <summary>Asks for parts of one descriptor from two threads at a time.</summary>
public sealed class ConcurrentDescriptorTests
{
    private static readonly Tag[] Own = [Tag.Sequence];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task As_GivesTheTypeItself_WhileAnotherThreadMakesItsBase()
    {
        using var isMaking = new SemaphoreSlim(0);
        using var mayEnd = new SemaphoreSlim(0);
        var calls = 0;
        var type = TypeDescriptor.Named("M", "T", () =>
        {
            if (Interlocked.Increment(ref calls) > 1) return Strings();
            isMaking.Release();
            mayEnd.Wait(Cancel);
            return Strings();
        });
        var first = Task.Run(() => type.Base, Cancel);
        await isMaking.WaitAsync(Cancel);
        var same = type.As(Own);
        mayEnd.Release();
        Assert.Same(type, same);
        Assert.Same(await first, type.Base);
    }

    [Fact]
    public void As_OfATypeInItsOwnBase_DoesNotAskForIt()
    {
        TypeDescriptor? type = null;
        type = TypeDescriptor.Named("M", "T", () => TypeDescriptor.List(TypeKind.SetOf, type!.As(Tag.Set), Tag.Set));
        Assert.Equal(TypeKind.SetOf, type.Element!.Kind);
    }

    private static TypeDescriptor Strings() => TypeDescriptor.List(TypeKind.SequenceOf, TypeDescriptor.Named("M", "S", () => throw new InvalidOperationException("not asked for")), Own);
}
