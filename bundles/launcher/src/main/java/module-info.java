/** main(): starts the container and runs one command. */
module org.imagingutility.launcher {
    requires org.apache.felix.framework;
    // Declarative Services parses XML; the framework offers only those modules of the JDK that are resolved at start
    requires java.xml;
    // the log
    requires java.logging;
    uses org.osgi.framework.launch.FrameworkFactory;
}
