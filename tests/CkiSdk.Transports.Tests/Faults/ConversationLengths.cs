namespace CkiSdk.Transports.Tests.Faults;

/// <summary>Knows how long the conversations over some wires are. One that was measured on a busy machine may have asked for its answer many times more than those that follow.</summary>
/// <param name="wires">How many wires there are.</param>
internal sealed class ConversationLengths(int wires)
{
    private readonly Lock _gate = new();
    private readonly long[] _longest = new long[wires];
    private readonly long[] _shortest = new long[wires];

    /// <summary>Takes the length of a conversation, in octets.</summary>
    public void Note(int wire, long length)
    {
        lock (_gate)
        {
            _longest[wire] = Math.Max(_longest[wire], length);
            _shortest[wire] = _shortest[wire] == 0 ? length : Math.Min(_shortest[wire], length);
        }
    }

    /// <summary>Gives the place itself, or, where the shortest conversation has none such, one in it.</summary>
    public int Within(int wire, int place)
    {
        lock (_gate) return place < _shortest[wire] ? place : (int)(place * _shortest[wire] / _longest[wire]);
    }
}
