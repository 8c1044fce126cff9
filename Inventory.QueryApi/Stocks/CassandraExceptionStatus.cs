using Inventory.Cassandra.Errors;
using Inventory.ServiceDefaults.Problems;

namespace Inventory.QueryApi.Stocks;

/// <summary>A Cassandra that does not answer now is worth another try; a broken row or query of ours is not.</summary>
internal sealed class CassandraExceptionStatus : IExceptionStatus
{
    public int? StatusOf(Exception exception) =>
        exception is CassandraException { IsTransient: true } ? StatusCodes.Status503ServiceUnavailable : null;
}
