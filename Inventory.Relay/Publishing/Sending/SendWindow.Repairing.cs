using Inventory.Relay.Kafka;

namespace Inventory.Relay.Publishing.Sending;

/// <summary>
/// Repairing. Kafka's client gives every message up by its own age, a second at a time: to a Kafka that comes back in that
/// second it would deliver the younger change of a key though it has given up the older one. So while several are under
/// way they are given up together, before the first of them expires.
/// </summary>
internal sealed partial class SendWindow
{
    // Leaves the client's threads two seconds to end before the first message expires.
    private static readonly TimeSpan Silence = KafkaDefaults.MessageTimeout - TimeSpan.FromSeconds(2);

    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(250);

    private volatile bool _isSilent;

    private async Task RepairAsync(CancellationToken cancellationToken)
    {
        var retryDelay = new RetryDelay();
        await _sending.WaitAsync(cancellationToken);
        try
        {
            while (true)
            {
                await AllReportedAsync(cancellationToken);
                var again = BehindTheFirstFailed();
                if (again.Length == 0)
                {
                    _hasFailed = false;
                    _reported.Set();
                    return;
                }

                telemetry.NotPublished(again.Count(sent => sent.State == SendState.Failed));
                LogNotTaken(again.Length, again[0].Row!.Change.ToKey().ToString(), again[0].Row!.Change.Version);
                await Task.Delay(retryDelay.Next(), time, cancellationToken);

                // The first alone, to see whether Kafka is there.
                SendAgain(again[..1]);
                await AllReportedAsync(cancellationToken);
                if (again[0].State == SendState.Delivered)
                {
                    SendAgain(again[1..]);
                }
            }
        }
        finally
        {
            _sending.Release();
        }
    }

    private SentRow[] BehindTheFirstFailed()
    {
        lock (_lock)
        {
            return [.. _rows.SkipWhile(sent => sent.State == SendState.Delivered).Where(sent => sent.Row is not null)];
        }
    }

    private void SendAgain(SentRow[] rows)
    {
        foreach (var sent in rows)
        {
            RequireLease();
            Send(sent);
        }
    }

    private async Task AllReportedAsync(CancellationToken cancellationToken)
    {
        while (Volatile.Read(ref _unreported) > 0)
        {
            if (_isSilent)
            {
                await GiveUpAsync();
            }
            else
            {
                await _reported.WaitAsync(cancellationToken);
            }
        }

        _isSilent = false;
    }

    private ITimer WatchForSilence() => time.CreateTimer(_ => LookForSilence(), state: null, LookInterval, LookInterval);

    private void LookForSilence()
    {
        if (sender.CanGiveUp && Volatile.Read(ref _unreported) > 1 && FirstOnItsWay() is { } first
            && time.GetElapsedTime(first.SentAt) > Silence)
        {
            _isSilent = true;
            _reported.Set();
        }
    }

    private async Task GiveUpAsync()
    {
        LogSilent(Volatile.Read(ref _unreported), Silence);

        // It blocks until the client's threads have ended.
        await Task.Run(sender.GiveUp);
        foreach (var sent in OnTheirWay())
        {
            sent.Report(isDelivered: false);
        }
    }

    private SentRow? FirstOnItsWay()
    {
        lock (_lock)
        {
            return _rows.FirstOrDefault(sent => sent.State == SendState.OnItsWay);
        }
    }

    private SentRow[] OnTheirWay()
    {
        lock (_lock)
        {
            return [.. _rows.Where(sent => sent.State == SendState.OnItsWay)];
        }
    }

    [LoggerMessage(
        LogLevel.Warning,
        "Kafka did not take {Key} at version {Version}; it and what is behind it, {Count} events, are sent again.")]
    private partial void LogNotTaken(int count, string key, long version);

    [LoggerMessage(
        LogLevel.Warning, "Kafka has said nothing of {Count} events for {Time}; its client is replaced, and they are sent again.")]
    private partial void LogSilent(int count, TimeSpan time);
}
