using System;

namespace Parquet.Meta.Proto;

/// <summary>The number of a field in parquet.thrift. A property that cannot be null is a required field.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ThriftFieldAttribute(short id) : Attribute
{
    public short Id => id;
}
