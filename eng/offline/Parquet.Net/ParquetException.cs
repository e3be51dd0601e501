using System;

namespace Parquet;

/// <summary>A file that is damaged, or that uses what cannot be read.</summary>
public class ParquetException : Exception
{
    public ParquetException()
    {
    }

    public ParquetException(string message) : base(message)
    {
    }

    public ParquetException(string message, Exception inner) : base(message, inner)
    {
    }
}
