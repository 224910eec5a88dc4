using CkiSdk.Crypto;

namespace CkiSdk.Benchmarks.Timing;

/// <summary>Is one operation whose time must not depend on what is secret.</summary>
/// <param name="Name">What is done, and what the two classes are.</param>
/// <param name="Measurements">How many measurements are taken.</param>
/// <param name="IsLeaky">Whether the time is known to depend on the class: the control that shows that the test sees anything.</param>
/// <param name="Prepare">Prepares one input of a class, outside of what is measured.</param>
internal sealed record TimingTarget(string Name, int Measurements, bool IsLeaky, Func<bool, Action> Prepare)
{
    private const int PoolSize = 128;

    /// <summary>Makes a target whose inputs are octets.</summary>
    /// <param name="name">What is done, and what the two classes are.</param>
    /// <param name="measurements">How many measurements are taken.</param>
    /// <param name="left">Makes an input of the one class.</param>
    /// <param name="right">Makes an input of the other, of the same length.</param>
    /// <param name="operation">What is measured.</param>
    public static TimingTarget Of(string name, int measurements, Func<byte[]> left, Func<byte[]> right, Action<Secret> operation) =>
        Of(name, measurements, left, right, static input => input, (_, input) => operation(input));

    /// <summary>Makes a target whose inputs are made of octets; both classes are put into the same memory, because the place of an input takes time, too.</summary>
    /// <typeparam name="T">What is made of the octets before anything is measured, such as a key.</typeparam>
    /// <param name="name">What is done, and what the two classes are.</param>
    /// <param name="measurements">How many measurements are taken.</param>
    /// <param name="left">Makes an input of the one class.</param>
    /// <param name="right">Makes an input of the other, of the same length.</param>
    /// <param name="open">Makes something of the octets.</param>
    /// <param name="operation">What is measured, with what was made and the octets.</param>
    public static TimingTarget Of<T>(string name, int measurements, Func<byte[]> left, Func<byte[]> right, Func<Secret, T> open, Action<T, Secret> operation)
    {
        (byte[] Left, byte[] Right)[] pool = [.. Enumerable.Range(0, PoolSize).Select(_ => (left(), right()))];
        var input = new Secret(pool[0].Left.Length);
        var next = 0;
        return new(name, measurements, IsLeaky: false, isLeft =>
        {
            var (one, other) = pool[++next % PoolSize];
            (isLeft ? one : other).CopyTo(input.Span);
            var made = open(input);
            return () => operation(made, input);
        });
    }
}
