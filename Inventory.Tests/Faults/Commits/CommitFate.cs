namespace Inventory.Tests.Faults.Commits;

/// <summary>What becomes of a COMMIT whose client loses its connection. To the client they look alike.</summary>
public enum CommitFate
{
    /// <summary>Postgres committed and said so, and nobody heard it.</summary>
    AnswerLost,

    /// <summary>Postgres never got it and rolls back.</summary>
    NeverDelivered,

    /// <summary>
    /// It is on its way while the client begins again, and arrives when <see cref="CommitProxy.Deliver"/> says so.
    /// </summary>
    DeliveredLate,
}
