using Inventory.Contracts.Stocks;

namespace Inventory.QueryApi.Caching;

/// <summary>What is noted on a key that is held: that it is being read, that reading it failed, its rendered answer.</summary>
internal sealed partial class StockCacheShard
{
    public void MarkRefreshing(int hash, StockKey key)
    {
        var index = Find(hash, key);
        if (index != 0)
        {
            ref var slot = ref SlotAt(index);
            slot.BeginWrite();
            slot.IsRefreshing = true;
            slot.EndWrite();
        }
    }

    /// <summary>Takes over what the change feed says of a key that is held. A read that is under way stays so.</summary>
    /// <returns>False if the key is not held.</returns>
    public bool Push(int hash, StockKey key, in CachedStock pushed)
    {
        var index = Find(hash, key);
        if (index == 0)
        {
            return false;
        }

        ref var slot = ref SlotAt(index);
        if (pushed.Version <= slot.Version)
        {
            // Old news, and what is told again, say nothing about now.
            return true;
        }

        slot.BeginWrite();
        Replace(ref slot, pushed);
        slot.EndWrite();
        return true;
    }

    /// <param name="hash">Of the key.</param>
    /// <param name="key">Whose read failed.</param>
    /// <param name="retryAt">In milliseconds of the caller's clock.</param>
    public void MarkFailed(int hash, StockKey key, int retryAt)
    {
        var index = Find(hash, key);
        if (index != 0)
        {
            ref var slot = ref SlotAt(index);
            slot.BeginWrite();
            slot.IsRefreshing = false;
            // 0 says that there was no failure.
            slot.RetryAt = retryAt == 0 ? 1 : retryAt;
            slot.EndWrite();
        }
    }

    /// <summary>Whether reading the key failed a moment ago, so that trying again at once would only cost.</summary>
    public bool IsResting(int hash, StockKey key, int now)
    {
        var index = Find(hash, key);
        // By the difference: the clock of 32 bits wraps after 49 days.
        return index != 0 && SlotAt(index).RetryAt is var retryAt and not 0 && unchecked(retryAt - now) > 0;
    }

    /// <summary>Keeps an answer with its version, if that is still the one held.</summary>
    public void AttachRendered(int hash, StockKey key, long version, RenderedAnswer rendered)
    {
        var index = Find(hash, key);
        if (index == 0 || SlotAt(index) is { Rendered: not null } || SlotAt(index).Version != version)
        {
            return;
        }

        ref var slot = ref SlotAt(index);
        slot.BeginWrite();
        slot.Rendered = rendered;
        slot.EndWrite();
        _renderedBytes += rendered.Bytes;
        KeepWithinBytes();
    }
}
