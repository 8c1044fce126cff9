namespace Inventory.Cassandra.Connections;

/// <summary>
/// Who may finish an operation. Operations are pooled and may be under way on two connections at once, so whoever
/// wants to touch one (an answer, a timeout, a cancellation, a lost connection) shows the generation it was
/// sent under. A ticket of an earlier life, or one that comes second, gets nothing.
/// </summary>
/// <remarks>One word: the generation in the upper half, the attempts under way, and the lowest bit for "claimed".</remarks>
internal struct OperationState
{
    private const long Claimed = 1;
    private const long OneAttempt = 2;
    private const long AttemptsMask = 0xFFFF_FFFE;
    private const int GenerationShift = 32;

    private long _word;

    public readonly int Generation => (int)(_word >> GenerationShift);

    /// <summary>Begins a life with one attempt. Only for the owner of an operation that is not under way.</summary>
    /// <returns>The generation that tickets carry.</returns>
    public int Begin()
    {
        var generation = (uint)Generation + 1;
        Volatile.Write(ref _word, ((long)generation << GenerationShift) | OneAttempt);
        return (int)generation;
    }

    /// <summary>An answer, timeout or cancellation: the first of them finishes the operation.</summary>
    public bool TryFinish(int generation)
    {
        while (true)
        {
            var word = Volatile.Read(ref _word);
            if (!IsOpen(word, generation))
            {
                return false;
            }

            if (Interlocked.CompareExchange(ref _word, word | Claimed, word) == word)
            {
                return true;
            }
        }
    }

    /// <summary>One attempt failed.</summary>
    /// <returns>Whether it was the last one under way: then the caller owns the operation, to try again or give up.</returns>
    public bool TryTakeAfterFailure(int generation)
    {
        while (true)
        {
            var word = Volatile.Read(ref _word);
            if (!IsOpen(word, generation))
            {
                return false;
            }

            var next = word - OneAttempt;
            var last = (next & AttemptsMask) == 0;
            if (last)
            {
                next |= Claimed;
            }

            if (Interlocked.CompareExchange(ref _word, next, word) == word)
            {
                return last;
            }
        }
    }

    /// <summary>A second attempt beside the one under way.</summary>
    public bool TryAddAttempt(int generation)
    {
        while (true)
        {
            var word = Volatile.Read(ref _word);
            if (!IsOpen(word, generation))
            {
                return false;
            }

            if (Interlocked.CompareExchange(ref _word, word + OneAttempt, word) == word)
            {
                return true;
            }
        }
    }

    /// <summary>The owner after a failure gives the operation one more attempt.</summary>
    public void Reopen() =>
        Volatile.Write(ref _word, (Volatile.Read(ref _word) & ~(AttemptsMask | Claimed)) | OneAttempt);

    private static bool IsOpen(long word, int generation) =>
        (int)(word >> GenerationShift) == generation && (word & Claimed) == 0;
}
