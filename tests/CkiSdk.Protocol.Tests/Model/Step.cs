using FsCheck;
using FsCheck.Fluent;

namespace CkiSdk.Protocol.Tests.Model;

/// <summary>Is one step of a script: what somebody does, and what the network does to his message.</summary>
/// <param name="Action">What is done.</param>
/// <param name="Who">Who does it; which users or authorities there are, the run knows.</param>
/// <param name="Whom">To whom, or with which of what there is.</param>
/// <param name="Fate">What becomes of the message.</param>
internal sealed record Step(Action Action, int Who, int Whom, Fate Fate)
{
    private static readonly Action[] Actions = Enum.GetValues<Action>();
    private static readonly Fate[] Fates = Enum.GetValues<Fate>();

    /// <summary>Gets scripts of random steps; a failing one is shrunk by leaving steps out, then by letting messages arrive.</summary>
    public static Arbitrary<Step[]> Scripts { get; } = Arb.From(
        (from action in Gen.Choose(0, Actions.Length - 1)
         from who in Gen.Choose(0, 3)
         from whom in Gen.Choose(0, 3)
         from fate in Gen.Choose(0, (2 * Fates.Length) - 1)
         select new Step(Actions[action], who, whom, Fates[Math.Max(0, fate - Fates.Length)])).ArrayOf(),
        Shrink);

    private static IEnumerable<Step[]> Shrink(Step[] script)
    {
        for (var length = script.Length / 2; length > 0; length /= 2)
        {
            for (var start = 0; start + length <= script.Length; start += length) yield return [.. script[..start], .. script[(start + length)..]];
        }

        for (var index = 0; index < script.Length; index++)
        {
            if (script[index].Fate != Fate.Arrives) yield return [.. script[..index], script[index] with { Fate = Fate.Arrives }, .. script[(index + 1)..]];
        }
    }
}
