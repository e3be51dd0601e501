using System;

namespace Parquet.Meta.Proto;

/// <summary>Metadata that is not what the thrift compact protocol or parquet.thrift allows.</summary>
public class ThriftProtocolException : Exception
{
    public ThriftProtocolException(string message) : base(message)
    {
    }

    public ThriftProtocolException(string message, Exception innerException) : base(message, innerException)
    {
    }
}
