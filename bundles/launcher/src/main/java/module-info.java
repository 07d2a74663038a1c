/** main(): starts the container and runs one command. */
module org.imagingutility.launcher {
    requires org.apache.felix.framework;
    requires java.xml;
}
