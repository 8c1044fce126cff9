using Confluent.Kafka;
using Inventory.Contracts.Events;
using Inventory.QueryApi.Caching;

namespace Inventory.QueryApi.Pushing;

/// <summary>
/// Follows the topic of stock changes and updates the keys that are held. While it keeps up, those need not be read again;
/// when it does not, they are read as if there were no feed. Nobody waits for it and nothing depends on it.
/// </summary>
internal sealed partial class ChangeFeed(
    IConfiguration configuration,
    StockCache cache,
    StockReads reads,
    StalenessBound bound,
    ChangeFeedMetrics metrics,
    CacheClock clock,
    ILogger<ChangeFeed> logger) : BackgroundService
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(100);

    // A change that took longer to come here is no news any more.
    private static readonly TimeSpan MostDelay = TimeSpan.FromSeconds(1);

    // Between two questions to the brokers, or two attempts to reach them.
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private volatile bool _isLost;

    // The client's calls block: they get a thread of their own.
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.Factory.StartNew(
        () => Run(stoppingToken), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private void Run(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                using var consumer = new ChangeConsumer(configuration, () => _isLost = true, LogClientMessage);
                Follow(consumer, stoppingToken);
            }
            catch (KafkaException exception)
            {
                LogFailed(exception);
            }
            finally
            {
                Uncover();
            }

            stoppingToken.WaitHandle.WaitOne(Pause);
        }
    }

    private void Follow(ChangeConsumer consumer, CancellationToken stoppingToken)
    {
        _isLost = false;
        var askAgainAt = clock.Now;
        while (!stoppingToken.IsCancellationRequested)
        {
            // 1. Take what comes.
            var message = consumer.Take(Patience);
            var isLate = message is not null && Push(message.Value) > MostDelay;

            // 2. Late or cut off: what is held may be older than it seems.
            if (_isLost || isLate)
            {
                _isLost = false;
                Uncover();
                askAgainAt = clock.Now + clock.Ticks(Pause);
            }

            // 3. Covered again as soon as nothing is left that was there at the moment from which on we say so.
            var now = clock.Now;
            if (!bound.IsCovered && now >= askAgainAt)
            {
                askAgainAt = now + clock.Ticks(Pause);
                if (HasCaughtUp(consumer))
                {
                    bound.Cover(now);
                    LogCaughtUp();
                }
            }
        }
    }

    private TimeSpan Push(byte[]? value)
    {
        // What is none goes to the dead letters, which is the projector's part.
        if (!StockChangedEventReader.TryRead(value, clock.Time.GetUtcNow(), out var change, out _))
        {
            return TimeSpan.Zero;
        }

        var isHeld = reads.Push(cache, change.Data.ToKey(), change.Data.ToLevel());
        var delay = clock.Time.GetUtcNow() - change.Data.UpdatedAt;
        metrics.Received(isHeld, delay);
        return delay;
    }

    private bool HasCaughtUp(ChangeConsumer consumer)
    {
        try
        {
            return consumer.HasCaughtUp();
        }
        catch (KafkaException exception)
        {
            LogFailed(exception);
            return false;
        }
    }

    private void Uncover()
    {
        if (bound.IsCovered)
        {
            bound.Uncover();
            LogFellBehind();
        }
    }

    private void LogClientMessage(LogMessage message) => LogClient(
        message.Level <= SyslogLevel.Warning ? LogLevel.Warning : LogLevel.Debug, message.Facility, message.Message);

    [LoggerMessage(LogLevel.Information, "The change feed has caught up: held keys are updated by it.")]
    private partial void LogCaughtUp();

    [LoggerMessage(LogLevel.Warning, "The change feed is behind or cut off: held keys are read again.")]
    private partial void LogFellBehind();

    [LoggerMessage(LogLevel.Warning, "The change feed can't read Kafka; trying again.")]
    private partial void LogFailed(KafkaException exception);

    [LoggerMessage(Message = "Kafka client, {Facility}: {Text}")]
    private partial void LogClient(LogLevel level, string facility, string text);
}
